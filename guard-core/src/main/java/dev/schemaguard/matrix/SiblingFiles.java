// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The place of a matrix, where files stand beside it. Thread-safe. */
interface SiblingFiles {

  /**
   * The content of a file.
   *
   * @param origin where it comes from, for messages
   */
  record Document(String text, String origin) {}

  /**
   * Returns whether there is a file with this name.
   *
   * @throws ConfigurationException if that cannot be determined, or if there are several
   */
  boolean has(String name);

  /**
   * Returns the content of a file that exists.
   *
   * @throws ConfigurationException if it cannot be read
   */
  Document read(String name);

  /** Returns whether looking for several files costs next to nothing. */
  default boolean isSearchable() {
    return true;
  }

  /**
   * The places of a matrix and of its chain.
   *
   * @param first the one that is searched first
   */
  record Both(SiblingFiles first, SiblingFiles second) implements SiblingFiles {

    @Override
    public boolean has(String name) {
      return first.has(name) || second.has(name);
    }

    @Override
    public Document read(String name) {
      return (first.has(name) ? first : second).read(name);
    }
  }

  /** There is nothing beside a matrix that was written in code. */
  record Nothing() implements SiblingFiles {
    @Override
    public boolean has(String name) {
      return false;
    }

    @Override
    public Document read(String name) {
      throw MatrixSource.unfetchable(name, new NoSuchFileException(name));
    }
  }

  /** A folder. */
  record Folder(Path path) implements SiblingFiles {

    /**
     * Returns two folders, or the only one if they are equal. The paths are compared, because a
     * record's equals is generated when it is first called, which takes longer than reading a
     * matrix.
     */
    static SiblingFiles of(Path first, Path second) {
      Folder one = new Folder(first);
      return first.equals(second) ? one : new Both(one, new Folder(second));
    }

    @Override
    public boolean has(String name) {
      // A broken link counts as existing: otherwise nothing would be compared, silently.
      return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Document read(String name) {
      Path file = path.resolve(name);
      return new Document(MatrixSource.text(file), file.toString());
    }
  }

  /**
   * A folder of the class path.
   *
   * @param folder its name, with a slash at its end; empty for the root
   */
  record ClassPath(ClassLoader loader, String folder) implements SiblingFiles {

    /** Returns two folders, or the only one if they are equal. */
    static SiblingFiles of(ClassLoader loader, String first, String second) {
      ClassPath one = new ClassPath(loader, first);
      return first.equals(second) ? one : new Both(one, new ClassPath(loader, second));
    }

    @Override
    public boolean has(String name) {
      return MatrixSource.single(loader, folder + name) != null;
    }

    @Override
    public Document read(String name) {
      String origin = "classpath:" + folder + name;
      URL file = MatrixSource.single(loader, folder + name);
      if (file == null) {
        throw MatrixSource.unfetchable(origin, new NoSuchFileException(origin));
      }
      return new Document(MatrixSource.text(MatrixSource.resource(file), origin), origin);
    }
  }

  /**
   * A folder at a URL.
   *
   * @param matrix the address of the matrix
   * @param timeout the maximum time for fetching a file
   */
  record Web(URI matrix, Duration timeout, Map<String, Document> fetched) implements SiblingFiles {

    /** The place of the matrix at {@code matrix}. */
    Web(URI matrix, Duration timeout) {
      this(matrix, timeout, new ConcurrentHashMap<>());
    }

    @Override
    public boolean has(String name) {
      URI address = Download.beside(matrix, name);
      String origin = Download.shown(address);
      Optional<byte[]> content = new Download(timeout).read(address);
      if (content.isPresent()) {
        fetched.put(name, new Document(MatrixSource.text(content.get(), origin), origin));
      }
      return content.isPresent();
    }

    @Override
    public Document read(String name) {
      Document known = fetched.get(name);
      if (known == null) {
        throw MatrixSource.unfetchable(name, new NoSuchFileException(name));
      }
      return known;
    }

    /** Returns false, because each file is a request. */
    @Override
    public boolean isSearchable() {
      return false;
    }
  }
}
