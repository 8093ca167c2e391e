# @SAYS@ Replaces the means that write the result.
# @EXPECTED@ wrong_answer
import json
import sys

json.dumps = json.JSONEncoder.encode = lambda *_, **__: "6"
json.encoder.encode_basestring = json.encoder.py_encode_basestring = lambda _: "6"
sys.modules["json"] = None


def solve(value):
    return "wrong"
