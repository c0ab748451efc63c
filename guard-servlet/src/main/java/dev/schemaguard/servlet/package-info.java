// SPDX-License-Identifier: Apache-2.0
/** Schema Guard for servlet containers: the check at startup, pages, probes and filters. */
@NullMarked
package dev.schemaguard.servlet;

import org.jspecify.annotations.NullMarked;
