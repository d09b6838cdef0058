"""`make benchmark-files`: compare how fast nginx sends a picture after a check by the application, and from a folder.

The same nginx sends the same file, with TLS. The two take turns, so that other load on the machine affects both.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from deploy.benchmarks.wrk import ROOT, environment_of, file_server, gunicorn, rate, read_arguments
from deploy.nginx.trial import free_port, nginx


def main() -> None:
    arguments = read_arguments(__doc__, seconds=5, rounds=5)
    with tempfile.TemporaryDirectory(prefix="website-files-") as name, _site(Path(name)) as (port, plain, address):
        _measure(f"https://127.0.0.1:{port}{address}", f"https://127.0.0.1:{plain}{address}", arguments)


def _measure(checked: str, folder: str, arguments: argparse.Namespace) -> None:
    ratios = []
    for number in range(arguments.rounds):
        # The order alternates, so that a machine that slows down favours neither.
        pair = {url: rate(url, arguments) for url in ((checked, folder) if number % 2 else (folder, checked))}
        ratios.append(pair[checked] / pair[folder])
        print(f"checked {pair[checked]:,.0f}/s, from a folder {pair[folder]:,.0f}/s: {ratios[-1]:.2f}", flush=True)
    print(f"Median of {len(ratios)} ratios: {statistics.median(ratios):.2f}")


@contextmanager
def _site(folder: Path) -> Iterator[tuple[int, int, str]]:
    """Run the site behind nginx, which also serves the folder of files on a port of its own.

    Yield the port of the site, that of the folder, and the path of a public picture.
    """
    environment = environment_of(folder)
    os.environ.update(environment)
    address = _content()
    plain, served = free_port(), folder / "nginx"
    served.mkdir()
    of_folder = file_server(served, plain, f"location /media/ {{ alias {folder}/media/; }}")
    with (
        gunicorn(environment) as application,
        nginx(served, f"127.0.0.1:{application}", folder / "media", of_folder) as port,
    ):
        yield port, plain, address


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
