// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the one revision of a chain that a reference means. */
final class ReferenceResolver {

  private static final int COMPARED_LENGTH = 80;

  private final RevisionChain chain;
  private final Map<String, List<Integer>> exact = new HashMap<>();
  private final Map<MigrationVersion, List<Integer>> versions = new HashMap<>();
  private final NavigableMap<String, List<Integer>> sorted = new TreeMap<>();
  private final List<String> shortNames = new ArrayList<>();

  ReferenceResolver(RevisionChain chain) {
    this.chain = chain;
    for (int i = 0; i < chain.revisions().size(); i++) {
      int position = i;
      Revision revision = chain.revisions().get(i);
      shortNames.add(revision.shortName());
      exactNames(revision).forEach(name -> add(exact, name, position));
      names(revision).forEach(name -> add(sorted, name, position));
      names(revision)
          .map(MigrationVersion::parse)
          .flatMap(Optional::stream)
          .forEach(version -> add(versions, version, position));
    }
  }

  private static <K> void add(Map<K, List<Integer>> index, K key, int position) {
    List<Integer> positions = index.computeIfAbsent(key, none -> new ArrayList<>(1));
    // One revision may have a name twice; its names are added one after another.
    if (positions.isEmpty() || positions.get(positions.size() - 1) != position) {
      positions.add(position);
    }
  }

  Revision resolve(String reference, String where) {
    int named = chain.indexOfName(reference);
    if (named >= 0) {
      return chain.revisions().get(named);
    }
    List<Supplier<Collection<Integer>>> rules =
        List.of(
            () -> exactly(reference),
            () -> sameVersions(reference),
            () -> continuations(reference),
            () -> beginnings(reference));
    for (Supplier<Collection<Integer>> rule : rules) {
      List<Revision> found = rule.get().stream().map(chain.revisions()::get).toList();
      if (found.size() == 1) {
        return found.get(0);
      }
      if (found.size() > 1) {
        throw new ConfigurationException(
            where,
            "'" + reference + "' could be any of " + list(found, Revision::name),
            "Write the whole name of the one that is meant.");
      }
    }
    throw new ConfigurationException(
        where,
        "'" + reference + "' is no revision of " + chain.origin(),
        "The nearest are "
            + list(nearest(reference), chain::displayName)
            + "; write one of these, or"
            + " regenerate the chain if the migration is new.");
  }

  private Collection<Integer> exactly(String reference) {
    SortedSet<Integer> found = new TreeSet<>(exact.getOrDefault(reference, List.of()));
    int separator = reference.indexOf("::");
    if (separator >= 0) {
      String path = ChangesetKey.normalize(reference.substring(0, separator));
      found.addAll(exact.getOrDefault(path + reference.substring(separator), List.of()));
    }
    return found;
  }

  private Collection<Integer> sameVersions(String reference) {
    return MigrationVersion.parse(reference).map(versions::get).orElse(List.of());
  }

  private Collection<Integer> continuations(String reference) {
    SortedSet<Integer> found = new TreeSet<>();
    for (String start : List.of(reference + "_", reference + "-")) {
      for (Map.Entry<String, List<Integer>> name : sorted.tailMap(start).entrySet()) {
        if (!name.getKey().startsWith(start)) {
          break;
        }
        found.addAll(name.getValue());
      }
    }
    return found;
  }

  private Collection<Integer> beginnings(String reference) {
    return IntStream.range(0, shortNames.size())
        .filter(i -> continues(reference, shortNames.get(i)))
        .filter(i -> chain.revisions().get(i).aliases().isEmpty())
        .boxed()
        .toList();
  }

  private static Stream<String> names(Revision revision) {
    return Stream.of(
            Stream.of(revision.shortName()),
            revision.aliases().stream(),
            revision.was().stream().map(former -> Revision.of(former).shortName()))
        .flatMap(names -> names);
  }

  private static Stream<String> exactNames(Revision revision) {
    Stream<String> keys =
        Stream.concat(Stream.of(revision.name()), revision.was().stream())
            .flatMap(
                name ->
                    Stream.concat(
                        Stream.of(name, ChangesetKey.canonical(name)),
                        ChangesetKey.parse(name).stream()
                            .flatMap(
                                key ->
                                    Stream.of(
                                        key.id(),
                                        key.id() + "::" + key.author(),
                                        key.path() + "::" + key.id()))));
    Stream<String> tags = revision.aliases().stream().map(alias -> "tag:" + alias);
    return Stream.of(keys, tags, revision.aliases().stream()).flatMap(names -> names);
  }

  private static boolean continues(String longer, String shorter) {
    return longer.length() > shorter.length()
        && longer.startsWith(shorter)
        && (longer.charAt(shorter.length()) == '_' || longer.charAt(shorter.length()) == '-');
  }

  private List<Revision> nearest(String reference) {
    IdentityHashMap<Revision, Integer> distances = new IdentityHashMap<>();
    for (Revision revision : chain.revisions()) {
      distances.put(revision, distance(start(reference), start(chain.displayName(revision))));
    }
    return chain.revisions().stream()
        .sorted(Comparator.comparing(distances::get))
        .limit(3)
        .toList();
  }

  private static String start(String name) {
    return name.substring(0, Math.min(name.length(), COMPARED_LENGTH));
  }

  /** How many characters must be inserted, removed or replaced to turn a into b (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private static String list(List<Revision> revisions, Function<Revision, String> name) {
    return revisions.isEmpty()
        ? "none, for the chain is empty"
        : revisions.stream().map(name).limit(5).collect(Collectors.joining(", "));
  }
}
