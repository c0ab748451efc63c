// SPDX-License-Identifier: Apache-2.0
/**
 * Holds the settings of a guard with their defaults and rules, and parses what users write for
 * them. The builder and every adapter fill the same records.
 */
@NullMarked
package dev.schemaguard.settings;

import org.jspecify.annotations.NullMarked;
