// SPDX-License-Identifier: Apache-2.0
/**
 * The migration tools: each is one {@link dev.schemaguard.tool.MigrationTool} with its facts, and
 * the readers find and read its history by them.
 */
@NullMarked
package dev.schemaguard.tool;

import org.jspecify.annotations.NullMarked;
