// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import liquibase.ContextExpression;
import liquibase.Labels;
import liquibase.changelog.ChangeSet;
import liquibase.sql.visitor.SqlVisitor;
import org.jspecify.annotations.Nullable;

/** Compares the contexts and labels of changesets with those in a filter. */
record FilterNames(LiquibaseSettings settings, LiquibaseParser.Parsed parsed) {

  /** The separators of names in a Liquibase expression ({@code ExpressionMatcher}). */
  private static final Pattern BETWEEN = Pattern.compile("(?i)\\s+and\\s+|\\s+or\\s+|[(),]");

  private static final Pattern NEGATION = Pattern.compile("(?i)^(?:@|!|not\\s|\\s)+");

  List<String> warnings() {
    List<ChangeSet> changeSets = parsed.changelog().getChangeSets();
    List<String> warnings = new ArrayList<>();
    Set<String> contexts = contexts(changeSets);
    for (ContextExpression expression : parsed.values().contextsOfProperties()) {
      contexts.addAll(names(expression.getContexts()));
    }
    check("context", settings.contexts(), contexts, warnings);
    check("label", settings.labels(), labels(changeSets), warnings);
    long filtered =
        changeSets.stream()
            .filter(
                changeSet ->
                    (settings.contexts() == null && !contexts(List.of(changeSet)).isEmpty())
                        || (settings.labels() == null && !labels(List.of(changeSet)).isEmpty()))
            .count();
    boolean noFilter = settings.contexts() == null && settings.labels() == null;
    if (noFilter && filtered > 0) {
      warnings.add(withoutFilter(filtered, changeSets));
    }
    return warnings;
  }

  private static String withoutFilter(long count, List<ChangeSet> changeSets) {
    Set<String> contexts = contexts(changeSets);
    Set<String> labels = labels(changeSets);
    List<String> parts = new ArrayList<>();
    if (!contexts.isEmpty()) {
      parts.add("contexts: " + String.join(", ", contexts));
    }
    if (!labels.isEmpty()) {
      parts.add("labels: " + String.join(", ", labels));
    }
    return count
        + (count == 1 ? " changeset has" : " changesets have")
        + " a context or label ("
        + String.join("; ", parts)
        + "), and no filter was given, so the chain requires "
        + (count == 1 ? "it" : "all of them")
        + ", as Liquibase without a filter runs them. If production's Liquibase runs with a filter,"
        + " generate the chain with the same: --contexts or --labels, in a test .contexts(…) or"
        + " .labels(…). If it runs without one, say so with an empty filter.";
  }

  private static void check(
      String kind, @Nullable String filter, Set<String> existing, List<String> warnings) {
    List<String> unknown =
        names(filter == null ? List.of() : List.of(filter)).stream()
            .filter(name -> !existing.contains(name))
            .toList();
    if (!unknown.isEmpty()) {
      warnings.add(
          "no changeset has the "
              + kind
              + (unknown.size() == 1 ? " " : "s ")
              + String.join(", ", unknown)
              + " that the filter '"
              + filter
              + "' names; "
              + (existing.isEmpty()
                  ? "there are no " + kind + "s"
                  : "the " + kind + "s there are: " + String.join(", ", existing)));
    }
  }

  private static Set<String> contexts(List<ChangeSet> changeSets) {
    List<String> expressions = new ArrayList<>();
    for (ChangeSet changeSet : changeSets) {
      add(expressions, changeSet.getContextFilter());
      changeSet.getInheritableContextFilter().forEach(one -> add(expressions, one));
      for (SqlVisitor visitor : changeSet.getSqlVisitors()) {
        add(expressions, visitor.getContextFilter());
      }
    }
    return names(expressions);
  }

  private static void add(List<String> expressions, @Nullable ContextExpression expression) {
    if (expression != null) {
      expressions.addAll(expression.getContexts());
    }
  }

  private static Set<String> labels(List<ChangeSet> changeSets) {
    Set<String> names = new TreeSet<>();
    for (ChangeSet changeSet : changeSets) {
      Labels all = new Labels(changeSet.buildFullLabels());
      names.addAll(names(all.getLabels()));
    }
    return names;
  }

  /** Returns the names in expressions such as {@code a and (b or !c), @d}. */
  private static Set<String> names(Collection<String> expressions) {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions) {
      for (String part : BETWEEN.split(expression.toLowerCase(Locale.ROOT), -1)) {
        String name = NEGATION.matcher(part).replaceFirst("").strip();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
