"""Why a module is not here, in words for learners."""

import difflib
import sys
from builtins import ModuleNotFoundError

NETWORK = "there is no network here"
PROCESSES = "there are no other processes here"
FILES = "there are no files here"
TERMINAL = "there is no terminal here"
COMMAND_LINE = "there is no command line here"
SCREEN = "there is no screen here"
SYSTEM = "there is no operating system here"
TOOLS = "tools for developers are not here"
LEFT_OUT = "this part of the standard library is not here"
OTHERS = "only Python's standard library is here"

REASONS = {
    name: reason
    for reason, names in {
        NETWORK: "email ftplib http.client http.cookiejar http.cookies http.server imaplib netrc poplib smtplib socket "
                 "socketserver ssl urllib.error urllib.request urllib.response urllib.robotparser webbrowser wsgiref xmlrpc",
        PROCESSES: "concurrent.futures.interpreter concurrent.futures.process concurrent.interpreters multiprocessing pty "
                   "subprocess",
        FILES: "bz2 compression configparser dbm filecmp fileinput gzip lzma mailbox mimetypes plistlib shelve "
               "tarfile tempfile wave zipapp zipfile",
        TERMINAL: "bdb cmd code curses getpass pdb readline rlcompleter termios tty",
        COMMAND_LINE: "getopt optparse",
        SCREEN: "idlelib tkinter turtle turtledemo",
        SYSTEM: "ctypes fcntl grp mmap msvcrt nt nturl2path platform pwd resource sysconfig syslog winreg winsound",
        TOOLS: "cProfile compileall ensurepip modulefinder pickletools profile pstats py_compile pyclbr pydoc pydoc_data "
               "symtable tabnanny trace venv",
        LEFT_OUT: "antigravity importlib.metadata importlib.resources logging.config logging.handlers quopri sre_compile sre_constants sre_parse stringprep this tomllib xml",
        "there are no time zones here, but UTC and fixed offsets: see datetime.timezone": "zoneinfo",
    }.items()
    for name in names.split()
}

reason_of = REASONS.get
close_matches = difflib.get_close_matches
standard_names = sys.stdlib_module_names


class Finder:
    """Stands where the import system would look for files, and says why there is none."""

    def __init__(self, importable):
        self.importable = importable

    def find_spec(self, name, path=None, target=None):
        reason = reason_of(name)
        if reason is None:
            # What a package lacks, the import system tells well enough.
            if path is not None:
                return None
            reason = LEFT_OUT if name in standard_names else self.other(name)
        raise ModuleNotFoundError(f"No module named {name!r}: {reason}", name=name)

    def other(self, name):
        """Of a module that is not the standard library's: a slip, or somebody else's."""
        matches = close_matches(name, self.importable, 1, 0.8)
        return f"did you mean {matches[0]!r}?" if matches else OTHERS


def install():
    importable = [name for name in sys.modules if name in standard_names and name[0] != "_"]
    sys.meta_path[:] = [*sys.meta_path[:2], Finder(importable)]
