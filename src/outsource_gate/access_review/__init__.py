"""Who can really get in? The forge's accounts beside the register, signed as a record that gate `access` counts.

`place` says where is asked, `github` and `gitlab` ask, `handed_over` reads a list in their place; `compare` is
pure; `record` signs what was found, `believed` says whether such a record counts.
"""
