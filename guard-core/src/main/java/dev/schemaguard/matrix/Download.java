// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import dev.schemaguard.text.BoundedText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches documents from URLs, all of them within one deadline. A server that hangs, or sends a
 * byte now and then, blocks a separate thread and not the caller.
 */
final class Download {

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern SECRETS = Pattern.compile("(?<=//)[^/?#]*@|[?#].*+", Pattern.DOTALL);

  private final Duration timeout;
  private final long deadline;

  Download(Duration timeout) {
    this.timeout = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    this.deadline = System.nanoTime() + this.timeout.toNanos();
  }

  /**
   * Returns the document at {@code uri}, or empty if the server reports that it does not exist.
   *
   * @throws ConfigurationException if it cannot be fetched in time
   */
  Optional<byte[]> read(URI uri) {
    try {
      return read(connection(uri));
    } catch (IOException e) {
      throw MatrixSource.unfetchable(shown(uri), e);
    }
  }

  private URLConnection connection(URI uri) throws IOException {
    try {
      URLConnection connection = uri.toURL().openConnection();
      int millis = (int) Math.max(1, timeout.toMillis());
      connection.setConnectTimeout(millis);
      connection.setReadTimeout(millis);
      connection.setUseCaches(false);
      return connection;
    } catch (IllegalArgumentException e) {
      throw new IOException("not a URL", e);
    }
  }

  private Optional<byte[]> read(URLConnection connection) throws IOException {
    FutureTask<Optional<byte[]>> task = new FutureTask<>(() -> content(connection));
    start(task);
    try {
      return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      abandon(connection);
      throw late(e);
    } catch (InterruptedException e) {
      abandon(connection);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SocketTimeoutException socket) {
        throw late(socket);
      }
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  /**
   * Returns the same error for both timeouts, the document's and the socket's, because they have
   * the same length.
   */
  private IOException late(Exception cause) {
    return new IOException("not complete within " + timeout.toMillis() + " ms", cause);
  }

  private Optional<byte[]> content(URLConnection connection) throws IOException {
    if (connection instanceof HttpURLConnection http) {
      int code = http.getResponseCode();
      if (code == HttpURLConnection.HTTP_NOT_FOUND || code == HttpURLConnection.HTTP_GONE) {
        return Optional.empty();
      }
      if (code != HttpURLConnection.HTTP_OK) {
        throw new IOException("the server answered " + code);
      }
    }
    try (InputStream in = connection.getInputStream()) {
      return Optional.of(BoundedText.bytes(in));
    } catch (FileNotFoundException none) {
      return Optional.empty();
    }
  }

  /**
   * Ends a request that is still waiting for the server. This happens in a separate thread, because
   * closing may block too.
   */
  private static void abandon(URLConnection connection) {
    if (connection instanceof HttpURLConnection http) {
      start(new FutureTask<>(http::disconnect, null));
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "schema-guard-download");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Returns the address of the document with this name in the same folder. A query is kept, because
   * it may contain a token.
   */
  static URI beside(URI uri, String name) {
    if (uri.isOpaque()) {
      String text = uri.toString();
      return URI.create(text.substring(0, text.lastIndexOf('/') + 1) + name);
    }
    String sibling = uri.getRawPath().isEmpty() ? "/" + name : name;
    String query = uri.getRawQuery();
    return uri.resolve(query == null ? sibling : sibling + "?" + query);
  }

  /** Returns the address for messages: without a user, a password, or the token in a query. */
  static String shown(URI uri) {
    return shown(uri.toString());
  }

  /**
   * Returns an address for messages, as {@link #shown(URI)} does. The text need not be a valid
   * address.
   */
  static String shown(String address) {
    return SECRETS.matcher(address).replaceAll("");
  }

  /**
   * Returns the address that a setting gives.
   *
   * @throws ConfigurationException if it is not a valid address; the error contains neither
   *     credentials nor a cause that quotes them
   */
  static URI address(String setting) {
    try {
      return new URI(setting);
    } catch (URISyntaxException e) {
      if (setting.regionMatches(true, 0, "file:", 0, "file:".length())) {
        throw notAFile(shown(setting), e.getReason());
      }
      throw new ConfigurationException(
          shown(setting),
          "this is not a URL: " + e.getReason() + " at position " + (e.getIndex() + 1),
          "Percent-encode such a character; a blank is %20.");
    }
  }

  /**
   * Returns the error for a URL that begins with {@code file:} and is not the URL of a file, such
   * as {@code file:C:\\orders\\compatibility.md}.
   */
  static ConfigurationException notAFile(String shown, @Nullable String reason) {
    return new ConfigurationException(
        shown,
        "this is not the URL of a file: " + reason,
        "Write the path without file:, or the whole path with slashes and %20 for a blank, such as"
            + " file:///C:/orders/compatibility.md.");
  }
}
