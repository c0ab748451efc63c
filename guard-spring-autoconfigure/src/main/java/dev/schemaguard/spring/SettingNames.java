// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites an action for users of Spring Boot: {@code the setting schema, or --schema orders}
 * becomes {@code schema-guard.schema}, and {@code the command wait} becomes an option of the
 * application.
 *
 * @param prefix the prefix of the guard's settings
 */
record SettingNames(String prefix) implements UnaryOperator<String> {

  /** Compiled only if there is an action to rewrite, which a usual start does not have. */
  private static final class Patterns {
    static final String OPTION =
        "(?:(?:,? or (?:pass )?--[a-z-]+(?: (?!or |on )[^ ,;.()]+)?)+(?: on the command line)?)?";

    static final String NAME = "([a-z]+(?:-[a-z]+)*)";

    static final Pattern SETTING = Pattern.compile("the setting `?" + NAME + "`?" + OPTION);

    static final Pattern SETTINGS =
        Pattern.compile("the settings `?" + NAME + "`? and `?" + NAME + "`?");

    static final Pattern QUOTED = Pattern.compile("`" + NAME + "`");

    static final Pattern OPTIONS =
        Pattern.compile(
            " \\((?:or )?(?:pass )?--[a-z-]+[^)]*\\)|, or (?:pass )?--[a-z-]+(?: [^ ,;.]+)?");
  }

  @Override
  public String apply(String action) {
    String settings =
        replace(Patterns.SETTINGS, action, m -> name(m.group(1)) + " and " + name(m.group(2)));
    String setting = replace(Patterns.SETTING, settings, m -> name(m.group(1)));
    String quoted = replace(Patterns.QUOTED, setting, m -> name(m.group(1)));
    return Patterns.OPTIONS
        .matcher(quoted)
        .replaceAll("")
        .replace("the command wait", "--" + BoundSettings.PREFIX + ".only=wait")
        .replace("guard the DataSource of each database instead", dataSource())
        .replace("the setting " + prefix, prefix);
  }

  private interface Replacement {
    String of(MatchResult match);
  }

  private static String replace(Pattern pattern, String text, Replacement replacement) {
    return pattern
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement.of(match)));
  }

  private String dataSource() {
    return "set "
        + prefix
        + ".data-source to the DataSource bean of one database, or name a guard for each under "
        + BoundSettings.PREFIX
        + ".guards";
  }

  private String name(String setting) {
    boolean ofApplication = setting.startsWith("application-");
    return (ofApplication ? BoundSettings.PREFIX : prefix) + "." + setting;
  }
}
