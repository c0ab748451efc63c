// SPDX-License-Identifier: Apache-2.0
/** Reads the versions that are connected to a database from the tags on their connections. */
@NullMarked
package dev.schemaguard.connections;

import org.jspecify.annotations.NullMarked;
