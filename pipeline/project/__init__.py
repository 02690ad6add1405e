"""Project on disk: settings, paths, atomic writes, stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.project.article_search import ArticleFiles, twins
    from pipeline.project.atomic_write import (
        ABSENT,
        digest,
        read_regular,
        replace_file,
        write_refusal,
    )
    from pipeline.project.catalogues import Catalogues, load_catalog, save_catalog
    from pipeline.project.find import (
        SETTINGS_FILE,
        SETTINGS_FILES,
        detect_hard_wrap,
        find_project,
    )
    from pipeline.project.git_revision import Revision
    from pipeline.project.link_targets import SourceLink, source_link_finder
    from pipeline.project.output_files import require_free, write_output
    from pipeline.project.paths import DOCUMENTS
    from pipeline.project.scaffold import add_settings, create_project
    from pipeline.project.settings import CheckScope, CheckSettings, Settings, load_settings
    from pipeline.project.sites import detect_site
    from pipeline.project.sqlite_store import Store
    from pipeline.project.workspace import STATE_FOLDER, Workspace
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "article_search": "ArticleFiles twins",
            "atomic_write": "ABSENT digest read_regular replace_file write_refusal",
            "catalogues": "Catalogues load_catalog save_catalog",
            "find": "SETTINGS_FILE SETTINGS_FILES detect_hard_wrap find_project",
            "git_revision": "Revision",
            "link_targets": "SourceLink source_link_finder",
            "output_files": "require_free write_output",
            "paths": "DOCUMENTS",
            "scaffold": "add_settings create_project",
            "settings": "CheckScope CheckSettings Settings load_settings",
            "sites": "detect_site",
            "sqlite_store": "Store",
            "workspace": "STATE_FOLDER Workspace",
        },
    )
