// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of a line of the schema file.
 *
 * @param since the revision that added or changed the line, as a reference to a line of the chain;
 *     null if it has not been changed since the file was first written
 * @param was how the line read before that revision; null if it was added
 * @param unused whether this version neither reads nor writes it any more
 */
public record LineAttributes(@Nullable String since, @Nullable String was, boolean unused) {

  /** No attribute. */
  public static final LineAttributes NONE = new LineAttributes(null, null, false);

  /** Returns the attributes as they follow their line. */
  @Override
  public String toString() {
    return (since == null ? "" : "\tsince=" + since)
        + (was == null ? "" : "\twas=" + was)
        + (unused ? "\tunused" : "");
  }
}
