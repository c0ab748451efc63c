// SPDX-License-Identifier: Apache-2.0
/**
 * Texts from outside and texts that are published: read within limits, without credentials, and
 * safe to print.
 */
@NullMarked
package dev.schemaguard.text;

import org.jspecify.annotations.NullMarked;
