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
 * unknown to them. If several applications share a database, it may name the one that it is about:
 * {@code requires-app orders 0.6.0}.
 */
public sealed interface RequiresAppMarker {

  /**
   * A valid marker: the application must be {@code version} or newer.
   *
   * @param application the application that it is about; null if it names none
   */
  record Requires(AppVersion version, @Nullable String application) implements RequiresAppMarker {

    /** Creates a marker that names no application. */
    public Requires(AppVersion version) {
      this(version, null);
    }
  }

  /** A comment that uses the word in any other way, so that its meaning is unknown. */
  record Malformed(String text) implements RequiresAppMarker {}

  /** The word by itself, not as part of a longer word. */
  Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\p{N}])requires-app(?!\\p{L})", Pattern.CASE_INSENSITIVE);

  /** The form without an application's name. */
  Pattern FORM =
      Pattern.compile(
          "\\s*+requires-app(?:\\s*+>=\\s*+|\\s++)(?<version>\\S++)", Pattern.CASE_INSENSITIVE);

  /** The form with an application's name, which begins with a letter. */
  Pattern NAMED_FORM =
      Pattern.compile(
          "\\s*+requires-app\\s++(?!version\\b)(?<name>\\p{L}[\\p{L}\\p{N}._-]*+)(?:\\s*+>=\\s*+|\\s++)"
              + "(?<version>\\S++)",
          Pattern.CASE_INSENSITIVE);

  /** Returns the marker in {@code comment}, or empty if the word does not occur in it. */
  static Optional<RequiresAppMarker> parse(@Nullable String comment) {
    if (comment == null || !WORD.matcher(comment).find()) {
      return Optional.empty();
    }
    Matcher form = form(comment);
    if (form == null) {
      return Optional.of(new Malformed(comment.strip()));
    }
    String name = form.pattern() == NAMED_FORM ? form.group("name") : null;
    return version(form).map(version -> new Requires(version, name));
  }

  /**
   * Returns the marker in {@code comment} if it is about an application.
   *
   * @param application the application's name; null if it has none, and then every marker may be
   *     about it
   */
  static Optional<RequiresAppMarker> parse(@Nullable String comment, @Nullable String application) {
    return parse(comment)
        .filter(
            marker ->
                application == null
                    || !(marker instanceof Requires requires)
                    || requires.application() == null
                    || requires.application().equalsIgnoreCase(application));
  }

  /**
   * Returns the word after the version of a valid marker; empty if there is none. In the comment of
   * a history's table it is the revision that the marker is about.
   */
  static Optional<String> wordAfterVersion(String comment) {
    Matcher form = form(comment);
    String rest = form == null ? "" : comment.substring(form.end()).strip();
    return rest.isEmpty() ? Optional.empty() : Optional.of(rest.split("\\s", 2)[0]);
  }

  /** Returns the form of a valid marker; null if it is malformed. */
  private static @Nullable Matcher form(String comment) {
    for (Pattern pattern : new Pattern[] {FORM, NAMED_FORM}) {
      Matcher form = pattern.matcher(comment);
      if (form.lookingAt() && version(form).isPresent()) {
        boolean again = WORD.matcher(comment).find(form.start("version"));
        boolean named = pattern == NAMED_FORM && WORD.matcher(form.group("name")).find();
        return again || named ? null : form;
      }
    }
    return null;
  }

  private static Optional<AppVersion> version(Matcher form) {
    String version = form.group("version");
    return AppVersion.parse(
        ".,;)".indexOf(version.charAt(version.length() - 1)) >= 0
            ? version.substring(0, version.length() - 1)
            : version);
  }
}
