"""The program as people install it: a wheel, in an environment of its own, run from anywhere."""

import json
import os
import pty
import subprocess
import sys
import tarfile
import tomllib
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from offhand import __version__
from packaging.dependencies import needed
