"""The licences of what is installed, as SPDX expressions, and which of them the site may use.

The site's code is under BSD-3-Clause, and imports packages that are installed beside it, unchanged. Libraries may
therefore be permissive, or weak copyleft (LGPL, MPL), whose terms hold for changes of the library itself.
"""

from __future__ import annotations

from importlib.metadata import Distribution

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name

from .errors import DependencyError

ALLOWED = {
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "LGPL-2.0-or-later",
    "LGPL-3.0-only",
    "LicenseRef-BSD",  # the classifier does not say which
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Unlicense",
}
# What classifiers say, from “License :: OSI Approved :: ” on.
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "LicenseRef-BSD",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# What the metadata of a package leave out, as its licence files say it.
STATED = {
    # LICENSES_bundled.txt: its wheels hold libheif and libde265 (LGPL) and x265 (GPL).
    "pillow-heif": "BSD-3-Clause AND GPL-2.0-or-later AND LGPL-3.0-or-later",
}
# Packages that may be used although ALLOWED lacks a licence of theirs.
EXCEPTIONS = {
    "pillow-heif": "a server may run it; who passes on an image of a server with it, passes on a work under the GPL",
}


def licence_of(distribution: Distribution) -> str:
    """Return the licence of an installed package as an SPDX expression: what STATED says, or else its metadata
    (License-Expression, License, classifiers, in this order). Raise DependencyError if that is no known licence.
    """
    name = canonicalize_name(distribution.name)
    stated = [STATED.get(name), *_of(distribution, "License-Expression"), *_of(distribution, "License")]
    for expression in filter(None, stated):
        try:
            return canonicalize_license_expression(expression)
        except InvalidLicenseExpression:
            continue
    classifiers = [
        text.rpartition(" :: ")[2] for text in _of(distribution, "Classifier") if text.startswith("License ::")
    ]
    if classifiers and all(text in CLASSIFIERS for text in classifiers):
        return " AND ".join(sorted({CLASSIFIERS[text] for text in classifiers}))
    raise DependencyError(
        f"The metadata of {name} {distribution.version} name no known licence ({'; '.join(classifiers) or 'none'}). "
        "Read its licence file, and write what it is into CLASSIFIERS or STATED of deploy/dependencies/licences.py."
    )


def refused(distribution: Distribution) -> str:
    """Return a sentence that says what to do about the licence of a package; empty if the site may use it."""
    try:
        expression = licence_of(distribution)
    except DependencyError as error:
        return str(error)
    name = canonicalize_name(distribution.name)
    if name in EXCEPTIONS or any(set(part.split(" AND ")) <= ALLOWED for part in expression.split(" OR ")):
        return ""
    return (
        f"{name} {distribution.version} is under {expression}. Read it: if a site under BSD-3-Clause may use it, add "
        "it to ALLOWED of deploy/dependencies/licences.py (or the package, with the reason, to EXCEPTIONS); if not, "
        "take another package."
    )


def _of(distribution: Distribution, header: str) -> list[str]:
    return [str(value).strip() for value in distribution.metadata.get_all(header) or []]
