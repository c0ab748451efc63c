// SPDX-License-Identifier: Apache-2.0
/** What a migrated database looks like, and the schema file that says so. */
@NullMarked
package dev.schemaguard.build.structure;

import org.jspecify.annotations.NullMarked;
