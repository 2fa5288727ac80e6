"""The schema, as numbered steps that are applied once and never edited afterwards."""

from musicrec_core.store.migrations.steps import Steps

migrations = Steps(
    __name__,
    (
        "m001_library",
        "m002_analysis",
        "m003_taste",
        "m004_search",
        "m005_enrichment",
        "m006_promises",
        "m007_folding",
        "m008_imported_paths",
        "m009_search_terms",
        "m010_compact",
        "m011_files",
        "m012_songs",
        "m013_guards",
        "m014_search_files",
        "m015_playlists",
        "m016_described_anew",
        "m017_saved_lists",
        "m018_talks",
        "m019_former_songs",
        "m020_queues",
        "m021_track_changes",
        "m022_deflated_vectors",
        "m023_listens_by_service",
    ),
)
