// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The graph of Alembic's revisions and their parents. */
final class AlembicGraph {

  private final Map<String, AlembicScript> scripts;
  private final Map<String, String> branches = new HashMap<>();
  private final Map<String, List<String>> parents = new LinkedHashMap<>();

  /**
   * Creates the graph of these scripts, which are mapped by their revisions.
   *
   * @throws ConfigurationException if the parent of a revision is missing
   */
  AlembicGraph(Map<String, AlembicScript> scripts) {
    this.scripts = scripts;
    for (AlembicScript script : scripts.values()) {
      script.branchLabels().forEach(label -> branches.putIfAbsent(label, script.revision()));
    }
    scripts.values().forEach(script -> parents.put(script.revision(), parents(script)));
  }

  /**
   * Returns the revisions, each after its parents, otherwise in the order of the scripts.
   *
   * @throws ConfigurationException if revisions depend on each other in a cycle
   */
  List<SourceRevision> inOrder() {
    Map<String, List<String>> open = new LinkedHashMap<>(parents);
    List<SourceRevision> ordered = new ArrayList<>();
    while (!open.isEmpty()) {
      String next =
          open.entrySet().stream()
              .filter(entry -> entry.getValue().stream().noneMatch(open::containsKey))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow(() -> circle(open.keySet()));
      open.remove(next);
      ordered.add(revision(next));
    }
    return ordered;
  }

  private SourceRevision revision(String name) {
    AlembicScript script = script(name);
    List<String> aliases =
        Stream.concat(Stream.of(script.stem()), script.branchLabels().stream())
            .filter(alias -> !alias.equals(name))
            .distinct()
            .toList();
    return SourceRevision.markedOnTable(
        new Revision(name, aliases, parents.get(name), List.of(), false, List.of(), null, false),
        script.marker());
  }

  private List<String> parents(AlembicScript script) {
    // Alembic accepts branch labels only in depends_on.
    return Stream.concat(
            script.downRevisions().stream().map(name -> known(name, script)),
            script.dependsOn().stream()
                .map(name -> known(branches.getOrDefault(name, name), script)))
        .distinct()
        .toList();
  }

  private String known(String name, AlembicScript script) {
    if (!scripts.containsKey(name)) {
      throw new ConfigurationException(
          script.file().toString(),
          "it follows '" + name + "', which no file has as its revision",
          "Name every directory that holds revisions, or correct down_revision and depends_on.");
    }
    return name;
  }

  private AlembicScript script(String name) {
    return Objects.requireNonNull(scripts.get(name));
  }

  private ConfigurationException circle(Set<String> names) {
    return new ConfigurationException(
        Names.some(names.stream().map(name -> script(name).file().toString()).toList()),
        "these revisions follow each other in a circle, or follow one that does",
        "Correct the down_revision or depends_on of one of them.");
  }
}
