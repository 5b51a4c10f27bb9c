"""How hypothesis runs here: a slow machine is no finding."""

from hypothesis import HealthCheck, settings

settings.register_profile("eventwire", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("eventwire")
