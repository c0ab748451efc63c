// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the recorded comment of a migration says about the oldest application version that survives
 * it: {@code requires-app 0.6.0}, at the very beginning. This is how a newer application tells an
 * older one about a future that the older one cannot know.
 */
public sealed interface RequiresAppMarker {

  /** A marker that can be believed: the application must be {@code version} or newer. */
  record Requires(AppVersion version) implements RequiresAppMarker {}

  /** A comment that uses the word in any other way; what it was to mean, nobody can tell. */
  record Malformed(String text) implements RequiresAppMarker {}

  /** The word, not a part of a longer one. */
  Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\p{N}])requires-app(?!\\p{L})", Pattern.CASE_INSENSITIVE);

  /** The one form that is believed. */
  Pattern FORM =
      Pattern.compile("\\s*+requires-app(?:\\s*+>=\\s*+|\\s++)(\\S++)", Pattern.CASE_INSENSITIVE);

  /** The marker in {@code comment}, or empty where the word does not occur in it. */
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
