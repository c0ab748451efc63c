// SPDX-License-Identifier: Apache-2.0
/**
 * Creates the HTML pages: the page of a status, and the page of an application that waits for its
 * schema.
 */
@NullMarked
package dev.schemaguard.report;

import org.jspecify.annotations.NullMarked;
