"""No module opens a connection but through ``desktop/network``, where it is counted.

What is looked for is in the sources; that it is true while the coach runs is shown in ``desktop/test_network.py``. The
screen, the keyboard and the keyring are asked through programs of this computer (python-xlib, mss, pynput, keyring),
the engine through a pipe: these are no network.
"""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "coach_app"
DOOR = "coach_app.desktop.network"

OPENING = (
    *("aiohttp", "datasets", "ftplib", "googletrans", "grpc", "h2", "hf_xet", "http", "httpcore", "httpcore2", "httpx"),
    *("httpx2", "huggingface_hub", "imaplib", "multiprocessing.connection", "multiprocessing.managers", "openai"),
    *("paramiko", "poplib", "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request"),
    *("urllib3", "webbrowser", "websocket", "websockets", "xmlrpc", "zmq"),
    *("asyncio.open_connection", "asyncio.open_unix_connection", "asyncio.start_server", "importlib.import_module"),
    *("PySide6.QtGui.QDesktopServices", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets"),
    *("torch.distributed", "torch.hub"),
)
"""What can open connections, or hide that it does."""
METHODS = {"create_connection", "create_datagram_endpoint", "load_dataset", "openUrl", "push_to_hub"}
METHODS |= {"setOpenExternalLinks", "sock_connect"}
PROGRAMS = {"curl", "ftp", "nc", "rsync", "scp", "sftp", "ssh", "wget", "xdg-open"}

ALLOWED = {
    ("desktop/network.py", "httpx2"): "the door itself",
    ("desktop/one_instance.py", "multiprocessing.connection"): "a socket file or named pipe, never the network",
    ("models/hub.py", "huggingface_hub"): "its client is the door's, see `CLIENTS`",
    ("models/hub.py", "httpx2.InvalidURL"): "what its requests raise",
    ("models/transfer.py", "httpx2.HTTPError"): "what requests raise",
    ("models/transfer.py", "httpx2.RequestError"): "likewise",
    ("models/transfer.py", "httpx2.RemoteProtocolError"): "likewise",
    ("models/transfer.py", "httpx2.ReadTimeout"): "likewise",
    ("models/transfer.py", "httpx2.Response"): "what they return",
    ("models/wheels.py", "httpx2.Client"): "the door's, as a type",
    ("models/wheels.py", "httpx2.Response.raise_for_status"): "the answer to its requests",
    ("models/wheels.py", "httpx2.HTTPStatusError"): "what its requests raise",
    ("models/wheels.py", "httpx2.InvalidURL"): "likewise",
    ("games/catalogue.py", "importlib.import_module"): "the folders of the games",
    ("models/catalogue.py", "huggingface_hub.constants"): "where its cache is",
    ("advisor/connection.py", "httpx2.AsyncClient"): "the door's, as a type",
    ("advisor/connection.py", "httpx2.HTTPError"): "what its requests raise",
    ("advisor/connection.py", "httpx2.InvalidURL"): "likewise",
    ("advisor/connection.py", "httpx2.StreamError"): "likewise",
    ("advisor/connection.py", "httpx2.Timeout"): "a number of seconds",
    ("advisor/*", "ssl.SSLError"): "what its requests raise",
    ("advisor/*", "ssl.SSLWantReadError"): "likewise",
    ("advisor/*", "ssl.SSLWantWriteError"): "likewise",
    ("training/tips/teacher.py", "openai"): "its client is given the door's, see `CLIENTS`",
    ("training/tips/*", "datasets.Dataset"): "rows in memory, and in a folder",
    ("training/tips/adapter.py", "datasets.disable_progress_bars"): "a switch",
    ("translation/google.py", "googletrans.Translator"): "its client is the door's, see `CLIENTS`",
    ("translation/google.py", "httpx2.URL"): "an address",
}
"""Who may use what of `OPENING`, and why; paths are patterns."""

CLIENTS = {"openai.OpenAI", "openai.AsyncOpenAI", "googletrans.Translator", "huggingface_hub.set_client_factory"}
"""Calls that must be handed a client of the door: as an argument, or in the same function as the attribute `client`."""


def names_of(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for, wherever in the module it is imported."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def dotted(node: ast.AST, names: dict[str, str]) -> str:
    """``httpx2.Client`` for what means it; empty for anything else than a name or its attributes."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute) and (before := dotted(node.value, names)):
        return f"{before}.{node.attr}"
    return ""


def is_in(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def uses(tree: ast.Module, names: dict[str, str]) -> Iterator[str]:
    """Everything that is used of imported modules, by its full name."""
    parts = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if "." in alias.name)
        elif isinstance(node, ast.Name | ast.Attribute) and id(node) not in parts:
            yield dotted(node, names)


def is_of_the_door(node: ast.AST, names: dict[str, str]) -> bool:
    return any(isinstance(part, ast.Call) and is_in(dotted(part.func, names), DOOR) for part in ast.walk(node))


def has_client(function: ast.AST, call: ast.Call, names: dict[str, str]) -> bool:
    """Whether a call in a function is handed a client of the door."""
    handed = [*call.args, *(word.value for word in call.keywords if word.arg == "http_client")]
    handed += [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Attribute) and target.attr == "client" for target in node.targets)
    ]
    return any(is_of_the_door(node, names) for node in handed)


def doors_of(path: str, source: str) -> tuple[list[str], set[tuple[str, str]]]:
    """What a module opens by itself, and which permissions it needs."""
    tree = ast.parse(source)
    names = names_of(tree)
    found, needed = [], set()
    for name in uses(tree, names):
        if any(is_in(name, module) for module in OPENING):
            permits = {row for row in ALLOWED if fnmatch(path, row[0]) and is_in(name, row[1])}
            needed |= permits
            if not permits:
                found.append(name)
    for function in ast.walk(tree):
        if isinstance(function, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef):
            for node in _own(function):
                if isinstance(node, ast.Call) and dotted(node.func, names) in CLIENTS:
                    if not has_client(function, node, names):
                        found.append(f"{dotted(node.func, names)} with a client of its own")
                elif isinstance(node, ast.Attribute) and node.attr in METHODS:
                    found.append(node.attr)
                elif isinstance(node, ast.Constant) and node.value in PROGRAMS:
                    found.append(f"the program {node.value}")
    return found, needed


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """What is in a function, but not in the functions in it."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            yield from _own(node)


def test_no_module_opens_a_connection_beside_the_door() -> None:
    # GIVEN the sources of the coach
    opened: dict[str, list[str]] = {}
    needed: set[tuple[str, str]] = set()
    for file in sorted(PACKAGE.rglob("*.py")):
        path = file.relative_to(PACKAGE).as_posix()
        # WHEN they are searched for whatever can open a connection
        found, permits = doors_of(path, file.read_text(encoding="utf-8"))
        needed |= permits
        if found:
            opened[path] = found
    # THEN only the door does, and every permission is one that somebody needs
    assert opened == {}
    assert set(ALLOWED) - needed == set()


@pytest.mark.parametrize(
    "source",
    [
        "import socket\nsocket.create_connection(('example.org', 80))",
        "from socket import socket",
        "import socket as plug\nfetch(plug)",
        "from urllib import request\nrequest.urlopen('http://example.org')",
        "import urllib.request",
        "from http.client import HTTPSConnection",
        "def get():\n    import httpx2\n    return httpx2.get('http://example.org')",
        "import httpx2 as web\nclient = web.AsyncClient()",
        "import requests\nrequests.get('http://example.org')",
        "async def go():\n    import asyncio\n    await asyncio.open_connection('example.org', 80)",
        "loop.create_connection(factory, 'example.org', 80)",
        "from PySide6.QtGui import QDesktopServices",
        "from PySide6.QtNetwork import QNetworkAccessManager",
        "label.setOpenExternalLinks(True)",
        "import webbrowser\nwebbrowser.open('http://example.org')",
        "from huggingface_hub import hf_hub_download",
        "subprocess.run(['curl', 'http://example.org'])",
        "from importlib import import_module",
    ],
)
def test_another_way_out_is_found(source: str) -> None:
    # GIVEN a module that opens a connection in its own way WHEN it is searched THEN that is found
    assert doors_of("ui/overlay.py", source)[0]


@pytest.mark.parametrize(
    ("path", "opens", "goes_through"),
    [
        (
            "training/tips/teacher.py",
            "openai.AsyncOpenAI(base_url=url)",
            "openai.AsyncOpenAI(base_url=url, http_client=network.async_client('server'))",
        ),
        (
            "translation/google.py",
            "googletrans.Translator()",
            "translator = googletrans.Translator()\n    translator.client = network.async_client('translation')",
        ),
        (
            "models/hub.py",
            "huggingface_hub.set_client_factory(make)",
            "huggingface_hub.set_client_factory(lambda: network.client('download'))",
        ),
    ],
)
def test_a_library_that_may_be_used_must_be_given_the_doors_client(path: str, opens: str, goes_through: str) -> None:
    # GIVEN modules that may use a library WHEN it is left its own client, or given the door's
    head = "import googletrans, huggingface_hub, openai\nfrom coach_app.desktop import network\ndef go():\n    "
    # THEN the one is found, and the other is right
    [found] = [name for name in doors_of(path, head + opens)[0] if "client of its own" in name]
    assert found
    assert doors_of(path, head + goes_through)[0] == []
