// SPDX-License-Identifier: Apache-2.0
/** What people look at: the page of a status, and the page of an application that waits for one. */
@NullMarked
package dev.schemaguard.report;

import org.jspecify.annotations.NullMarked;
