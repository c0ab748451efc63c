// SPDX-License-Identifier: Apache-2.0
/** Schema Guard in a servlet container: the check at the start, pages and probes, the filter. */
@NullMarked
package dev.schemaguard.servlet;

import org.jspecify.annotations.NullMarked;
