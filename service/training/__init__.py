"""How the network is trained: from treebanks and ``seeds/corpus`` to the packaged file. Needs the extra ``train``."""
