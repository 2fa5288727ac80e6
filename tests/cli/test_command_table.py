"""Commands are imported when they are asked for; the table of them names each once."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from musicrec_tui import cli
from musicrec_tui.cli.command_table import COMMANDS_OF


def test_the_table_names_the_commands_of_every_file() -> None:
    folder = Path(cli.__file__).parent
    places = [path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py")]
    files = [".".join(p.parts).removesuffix(".__init__") for p in places if p.name != "__main__"]
    modules = {
        file: import_module(f"musicrec_tui.cli.{file}") for file in files if file != "__init__"
    }
    offered = {
        file: tuple(command.name for command in module.COMMANDS)
        for file, module in modules.items()
        if hasattr(module, "COMMANDS")
    }
    assert offered == COMMANDS_OF


def test_a_command_imports_no_other_ones_file() -> None:
    code = (
        "import sys; from musicrec_tui.cli import cli\n"
        "cli.commands['status']\n"
        "print(*(name for name in sys.modules if name.startswith('musicrec_tui.cli.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = {name.split(".")[2] for name in done.stdout.split()}
    assert "library" in imported
    assert not imported & {"demo", "exchange", "insights", "lastfm", "recommend", "serve"}
