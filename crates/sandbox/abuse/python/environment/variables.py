# @SAYS@ Returns all variables of the environment.
# @EXPECTED@ wrong_answer
import os


def solve(value):
    return [dict(os.environ), os.getenv("PATH"), os.getenv("BUGDRILL_DATABASE_URL")]
