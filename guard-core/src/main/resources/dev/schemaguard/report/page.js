// Requests this address again and again while the page is visible, and shows what has changed.
(() => {
  'use strict';
  const every = Number(document.documentElement.dataset.refresh);
  const patience = Math.max(every, 10000);
  const notice = document.getElementById('notice');
  const main = document.querySelector('main');
  let shown = main.innerHTML;
  let title = document.title;
  let answered = new Date();
  let serverAhead = 0;
  let asking = false;
  let timer;

  const clock = date => date.toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'});

  const words = seconds =>
    seconds < 10 ? 'just now'
      : seconds < 60 ? 'less than a minute ago'
      : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
      : seconds < 172800 ? `${Math.floor(seconds / 3600)} h ago`
      : `${Math.floor(seconds / 86400)} days ago`;

  const tellAge = () => {
    const at = Date.parse(document.querySelector('#checked time').dateTime);
    put(document.getElementById('ago'), words((Date.now() + serverAhead - at) / 1000));
  };

  const put = (element, text) => {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  };

  const code = page =>
    page.querySelector('style').textContent + page.querySelector('script').textContent;

  const ask = async () => {
    const response = await fetch(location.href, {
      headers: {Accept: 'text/html'},
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
    });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (!page.querySelector('main[data-page="schema-guard"]')) {
      throw new Error('the server answers with another page');
    }
    const date = Date.parse(response.headers.get('Date'));
    serverAhead = Number.isNaN(date) ? 0 : date - Date.now();
    return page;
  };

  // Adds a button behind each command, if the browser lets a page write to the clipboard.
  const addCopyButtons = () => {
    if (!navigator.clipboard) {
      return;
    }
    main.querySelectorAll('.command').forEach((command, i) => {
      const button = document.createElement('button');
      command.id = `command-${i}`;
      Object.assign(button, {type: 'button', id: `copy-${i}`, className: 'copy', textContent: 'Copy'});
      button.setAttribute('aria-describedby', command.id);
      button.addEventListener('click', () => navigator.clipboard.writeText(command.textContent).then(
        () => put(button, 'Copied'),
        () => getSelection().selectAllChildren(command)));
      command.after(' ', button);
    });
  };

  // Brings the column of the database and the row of this application into view.
  const scrollGrid = () => {
    const grid = document.getElementById('grid');
    const corner = grid.querySelector('.corner');
    const column = grid.querySelector('thead .here');
    const row = grid.querySelector('tr.own');
    if (column && column.offsetLeft + column.offsetWidth > grid.clientWidth) {
      grid.scrollLeft = column.offsetLeft + (column.offsetWidth - corner.offsetWidth - grid.clientWidth) / 2;
    }
    if (row && row.offsetTop + row.offsetHeight > grid.clientHeight) {
      grid.scrollTop = row.offsetTop + (row.offsetHeight - corner.offsetHeight - grid.clientHeight) / 2;
    }
  };

  const replaceMain = content => {
    const open = [...main.querySelectorAll('details[open]')].map(details => details.id);
    const focused = main.contains(document.activeElement) ? document.activeElement.id : '';
    const {scrollLeft, scrollTop} = document.getElementById('grid');
    main.replaceChildren(...content.childNodes);
    addCopyButtons();
    open.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
    Object.assign(document.getElementById('grid'), {scrollLeft, scrollTop});
    if (focused) {
      document.getElementById(focused)?.focus({preventScroll: true});
    }
  };

  // Returns the position in the window of what the reader is looking at.
  const place = () => {
    const seen = main.contains(document.activeElement) ? document.activeElement : document.getElementById('grid');
    return seen.getBoundingClientRect().top;
  };

  const show = page => {
    const before = place();
    if (code(page) !== code(document)) {
      location.reload(); // Another release of the page.
      return;
    }
    const content = page.querySelector('main');
    if (content.innerHTML !== shown) {
      shown = content.innerHTML;
      replaceMain(content);
    }
    document.getElementById('checked').replaceChildren(...page.getElementById('checked').childNodes);
    document.querySelector('link[rel=icon]').href = page.querySelector('link[rel=icon]').href;
    answered = new Date();
    const failed = document.documentElement.classList.replace('no-answer', 'answered');
    if (page.title !== title) {
      put(notice, `Changed at ${clock(answered)}: ${page.title}`);
    } else if (failed) {
      put(notice, '');
    }
    title = page.title;
    document.title = title;
    tellAge();
    if (window.scrollY > 0) {
      window.scrollBy(0, place() - before); // What stands above it may have grown or shrunk.
    }
  };

  const showFailure = () => {
    document.documentElement.classList.add('no-answer');
    document.title = `⚠ No response. ${title}`;
    put(notice, `⚠ Last result from ${clock(answered)}: the server does not respond. This page keeps trying.`);
    tellAge();
  };

  const refresh = async () => {
    clearTimeout(timer);
    if (asking || document.hidden) {
      return;
    }
    asking = true;
    try {
      show(await ask());
    } catch {
      showFailure();
    } finally {
      asking = false;
      timer = setTimeout(refresh, every);
    }
  };

  addCopyButtons();
  scrollGrid();
  document.addEventListener('visibilitychange', refresh);
  timer = setTimeout(refresh, every);
  setInterval(tellAge, 5000);
  tellAge();
})();
