"""`make benchmark-files`: compare how fast nginx sends a picture after a check by the application, and from a folder.

The same nginx sends the same file, with TLS. The two take turns, so that other load on the machine affects both.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from deploy.engines.errors import MissingProgramError
from deploy.nginx.trial import HOST, free_port, nginx, wait_for

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="how long each run lasts (5)")
    parser.add_argument("--rounds", type=int, default=5, help="how many runs of each there are (5)")
    parser.add_argument("--connections", type=int, default=8, help="how many ask at once (8)")
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        raise MissingProgramError("wrk is not installed (Debian: apt-get install wrk).")
    with tempfile.TemporaryDirectory(prefix="website-files-") as name, _site(Path(name)) as (port, plain, address):
        _measure(f"https://127.0.0.1:{port}{address}", f"https://127.0.0.1:{plain}{address}", arguments)


def _measure(checked: str, folder: str, arguments: argparse.Namespace) -> None:
    ratios = []
    for number in range(arguments.rounds):
        # The order alternates, so that a machine that slows down favours neither.
        pair = {url: _rate(url, arguments) for url in ((checked, folder) if number % 2 else (folder, checked))}
        ratios.append(pair[checked] / pair[folder])
        print(f"checked {pair[checked]:,.0f}/s, from a folder {pair[folder]:,.0f}/s: {ratios[-1]:.2f}", flush=True)
    print(f"Median of {len(ratios)} ratios: {statistics.median(ratios):.2f}")


def _rate(url: str, arguments: argparse.Namespace) -> float:
    """Return the requests answered per second. Exit with wrk's output if an answer is an error."""
    options = ["-t1", f"-c{arguments.connections}", f"-d{arguments.seconds}s", "-H", f"Host: {HOST}"]
    output = subprocess.run(["wrk", *options, url], check=True, capture_output=True, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if found is None or "Non-2xx" in output:
        sys.exit(output)
    return float(found[1])


@contextmanager
def _site(folder: Path) -> Iterator[tuple[int, int, str]]:
    """Run the site behind nginx, which also serves the folder of files on a port of its own.

    Yield the port of the site, that of the folder, and the path of a public picture.
    """
    application = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder}/database.sqlite3",
        "DATA_FOLDER": str(folder),
        "ALLOWED_HOSTS": HOST,
        "FILES_SENT_BY": "nginx",
        "TRUST_PROXY": "true",
        "PORT": str(application),
    }
    os.environ.update(environment)
    address = _content()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py"], cwd=ROOT, env=environment
    )
    try:
        wait_for(application)
        _wait_for_an_answer(application)
        plain = free_port()
        served = folder / "nginx"
        served.mkdir()
        with nginx(served, f"127.0.0.1:{application}", folder / "media", _folder_server(served, folder, plain)) as port:
            yield port, plain, address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for_an_answer(port: int) -> None:
    """Wait for a first answer: the server accepts connections before it has loaded the application."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", "/", headers={"Host": HOST})
    connection.getresponse().read()
    connection.close()


def _folder_server(served: Path, folder: Path, port: int) -> str:
    return f"""
    server {{
        listen 127.0.0.1:{port} ssl http2;
        server_name {HOST};
        ssl_certificate {served}/certificate.pem;
        ssl_certificate_key {served}/key.pem;
        access_log off;
        sendfile on;
        tcp_nopush on;
        location /media/ {{ alias {folder}/media/; }}
    }}
    """


def _content() -> str:
    """Fill the database with a page that shows a picture; return the address of a rendition of it, about 60 kB."""
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django

    django.setup()
    from django.core.files.base import ContentFile
    from django.core.management import call_command
    from PIL import Image

    call_command("migrate", verbosity=0)
    from core.models import ContentImage
    from home.models import HomePage

    file = BytesIO()
    Image.effect_noise((1600, 900), 40).convert("RGB").save(file, "JPEG", quality=80)
    image = ContentImage.objects.create(title="Noise", file=ContentFile(file.getvalue(), "noise.jpg"))
    page = HomePage.objects.get(locale__language_code="en")
    page.lead_image, page.lead_image_alt = image, "Noise"
    page.save_revision().publish()
    rendition = image.get_rendition("fill-480x270|format-jpeg")
    print(f"A picture of {rendition.file.size / 1000:.0f} kB")
    return str(rendition.url)


if __name__ == "__main__":
    main()
