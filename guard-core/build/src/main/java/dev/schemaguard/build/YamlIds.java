// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.resource.Resource;

/**
 * Finds ids that YAML parses as dates, numbers or booleans, so that Liquibase records a different
 * text.
 */
record YamlIds(List<ChangeSet> changeSets) {

  /** An unquoted value of {@code id} that begins like a number, or is a YAML keyword. */
  private static final Pattern UNQUOTED =
      Pattern.compile(
          "(?m)(?:^|[\\s{,\"'-])id[\"']?\\s*:\\s+([-+.]?\\d[^\\s,}#]*(?: \\d[\\d:.]*)?"
              + "|(?i:yes|no|on|off|true|false|null|~))\\s*(?=[,}#\\r\\n]|$)");

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}.*");

  /** Returns one sentence for each file that contains such ids. */
  List<String> warnings() {
    Map<String, Set<String>> ids = new LinkedHashMap<>();
    for (ChangeSet changeSet : changeSets) {
      String file = changeSet.getChangeLog().getPhysicalFilePath();
      if (file != null && file.toLowerCase(Locale.ROOT).matches(".*\\.(?:ya?ml|json)")) {
        ids.computeIfAbsent(file, name -> new LinkedHashSet<>()).add(changeSet.getId());
      }
    }
    List<String> warnings = new ArrayList<>();
    ids.forEach(
        (file, known) -> {
          Set<String> changed = new TreeSet<>();
          Matcher id = UNQUOTED.matcher(text(file));
          while (id.find()) {
            if (!known.contains(id.group(1))) {
              changed.add(id.group(1));
            }
          }
          if (!changed.isEmpty()) {
            warnings.add(warning(file, changed));
          }
        });
    return warnings;
  }

  private static String warning(String file, Set<String> changed) {
    boolean date = changed.stream().anyMatch(id -> DATE.matcher(id).matches());
    return file
        + ": YAML does not read "
        + Names.some(List.copyOf(changed))
        + " as text, so Liquibase records another id"
        + (date ? ", which for a date depends on the time zone" : "")
        + ". Put such an id in quotes before a database has recorded it.";
  }

  private static String text(String file) {
    try {
      Resource resource = Scope.getCurrentScope().getResourceAccessor().get(file);
      if (!resource.exists()) {
        return "";
      }
      try (InputStream in = resource.openInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      return "";
    }
  }
}
