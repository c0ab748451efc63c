// SPDX-License-Identifier: Apache-2.0
/** What people look at: the page with the grid of versions and revisions. */
@NullMarked
package dev.schemaguard.report;

import org.jspecify.annotations.NullMarked;
