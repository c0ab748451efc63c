// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * A container with one application in it.
 *
 * @param isAvailable whether the application came up
 * @param stop stops the container
 */
record RunningApp(int port, BooleanSupplier isAvailable, Stop stop) implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Work that may fail. */
  @FunctionalInterface
  interface Stop {
    void run() throws Exception;
  }

  /**
   * A GET.
   *
   * @param headers names and values in turn
   */
  HttpResponse<String> get(String path, String... headers) {
    return request("GET", path, headers);
  }

  HttpResponse<String> request(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The whole answer to a request that no client would send. */
  String raw(String request) {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      stop.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
