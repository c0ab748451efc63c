// Looks whether the application serves again, and only then loads it: nothing changes under a reader's eyes before.
(() => {
  'use strict';
  const every = 10000;

  const ask = async () => {
    try {
      const answer = await fetch(location.href, {
        method: 'HEAD',
        cache: 'no-store',
        signal: AbortSignal.timeout(every),
      });
      if (answer.status !== 503) {
        location.reload();
        return;
      }
    } catch {
      // No answer is no reason to leave the page.
    }
    setTimeout(ask, every);
  };

  setTimeout(ask, every);
})();
