// SPDX-License-Identifier: Apache-2.0
/** The versions that are connected to a database: the tags on connections, and their readers. */
@NullMarked
package dev.schemaguard.connections;

import org.jspecify.annotations.NullMarked;
