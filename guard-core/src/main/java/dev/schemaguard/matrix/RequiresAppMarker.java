// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requirement that the recorded comment of a migration places on the application version:
 * {@code requires-app 0.6.0}, at the very beginning, names the oldest version that still works
 * after the migration. With it, a newer application informs older ones about a migration that is
 * unknown to them.
 */
public sealed interface RequiresAppMarker {

  /** A valid marker: the application must be {@code version} or newer. */
  record Requires(AppVersion version) implements RequiresAppMarker {}

  /** A comment that uses the word in any other way, so that its meaning is unknown. */
  record Malformed(String text) implements RequiresAppMarker {}

  /** The word by itself, not as part of a longer word. */
  Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\p{N}])requires-app(?!\\p{L})", Pattern.CASE_INSENSITIVE);

  /** The only form that is valid. */
  Pattern FORM =
      Pattern.compile("\\s*+requires-app(?:\\s*+>=\\s*+|\\s++)(\\S++)", Pattern.CASE_INSENSITIVE);

  /** Returns the marker in {@code comment}, or empty if the word does not occur in it. */
  static Optional<RequiresAppMarker> parse(@Nullable String comment) {
    if (comment == null || !WORD.matcher(comment).find()) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(comment);
    Optional<AppVersion> version =
        form.lookingAt() && !WORD.matcher(comment).find(form.end())
            ? AppVersion.parse(withoutPunctuation(form.group(1)))
            : Optional.empty();
    return version.isPresent()
        ? version.map(Requires::new)
        : Optional.of(new Malformed(comment.strip()));
  }

  private static String withoutPunctuation(String version) {
    return ".,;)".indexOf(version.charAt(version.length() - 1)) >= 0
        ? version.substring(0, version.length() - 1)
        : version;
  }
}
