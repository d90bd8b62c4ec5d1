package dev.vitrine.query;

import dev.vitrine.entity.Page;

/// Where a page ended.
///
/// @param epoch of the table it was read from: see [dev.vitrine.entity.Revision]
record Bookmark(long epoch, Page.Position position) {}
