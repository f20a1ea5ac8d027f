"""`make bi` and `make bi-stop`: Apache Superset with the dashboards of dashboard.toml, on 127.0.0.1 only.

    run.py up       prepare, start, import, check the filters, photograph; JUESUAN_READER_URL is the charts' connection
    run.py filters  set every filter and ask for the rows of every chart
    run.py stop

Environment: JUESUAN_BI_HOME (scratch folder), JUESUAN_BI_PORT (8088).
"""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # declared.py, which Metabase's script uses too

import assets
import filters
import joined
import picture
import server
from api import Api
from declared import DECLARED, cards_of
from home import USER, BiError, Home


def up(home: Home) -> None:
    reader_url = os.environ.get("JUESUAN_READER_URL")
    if not reader_url:
        raise BiError("JUESUAN_READER_URL is not set: run `make bi`, which asks `juesuan db url --reader`")
    address = address_of()
    say("preparing Superset (the first time takes about a minute)")
    server.stop(home)
    server.prepare(home)
    server.start(home, address)
    load(home, f"http://{address}", reader_url)
    check_filters(home, f"http://{address}")
    photograph(home, f"http://{address}")
    for one in DECLARED["dashboards"]:
        say(f"{one['name']}: http://{address}/superset/dashboard/{one['slug']}/")
    say(f"user:      {USER}, password in {home.folder / 'admin-password'}")
    say("stop:      make bi-stop")


def address_of() -> str:
    return f"127.0.0.1:{os.environ.get('JUESUAN_BI_PORT', '8088')}"


def load(home: Home, base: str, reader_url: str) -> None:
    api = Api(base, home.password)
    made = assets.files(reader_url) | joined.files(reader_url)
    api.import_assets(made)
    say(f"imported {len(made)} files; {api.sync_columns()} datasets took their columns from the database")


def check_filters(home: Home, base: str) -> None:
    if lines := filters.unreached(Api(base, home.password)):
        raise BiError("filters do not reach: " + " | ".join(lines))
    counted = [f"{len(one['filters'])} filters reach {len(cards_of(one))} charts" for one in DECLARED["dashboards"]]
    say(f"filters:   {', '.join(counted)}")


def photograph(home: Home, base: str) -> None:
    """Take a screenshot of every tab; without a browser print why there is none."""
    if picture.chromium() is None:
        return say("picture:   none, no Chromium (Debian: apt-get install chromium fonts-noto-cjk)")
    if not picture.has_chinese_font():
        say("picture:   no Chinese font here, it will show boxes (Debian: apt-get install fonts-noto-cjk)")
    failures = picture.take(base, home.password, home.pictures)
    say(f"pictures:  {home.pictures}")
    if failures:
        raise BiError(f"{len(failures)} charts failed: " + " | ".join(failures))


def say(line: str) -> None:
    print(line, flush=True)


def main() -> None:
    home = Home(Path(os.environ.get("JUESUAN_BI_HOME", ".venv-bi/superset")))
    try:
        match sys.argv[1:]:
            case ["up"]:
                up(home)
            case ["filters"] if not server.is_running(home):
                raise BiError("Superset is not running: make bi")
            case ["filters"]:
                check_filters(home, f"http://{address_of()}")
            case ["stop"]:
                say("stopped" if server.stop(home) else "Superset was not running")
            case _:
                sys.exit(__doc__)
    except BiError as error:
        sys.exit(f"bi: {error}\n(Superset's log: {home.log}; `make bi-stop` stops it)")


if __name__ == "__main__":
    main()
