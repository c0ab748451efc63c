// SPDX-License-Identifier: Apache-2.0
/**
 * Runs one check of many tenants: lists them, reads their histories in batches, assesses each, and
 * summarises the results.
 */
@NullMarked
package dev.schemaguard.check.tenants;

import org.jspecify.annotations.NullMarked;
