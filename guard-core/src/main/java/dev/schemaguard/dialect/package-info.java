// SPDX-License-Identifier: Apache-2.0
/**
 * The database products: each is one {@link dev.schemaguard.dialect.Dialect} with its facts, and a
 * {@link dev.schemaguard.dialect.DatabaseSession} reads by them.
 */
@NullMarked
package dev.schemaguard.dialect;

import org.jspecify.annotations.NullMarked;
