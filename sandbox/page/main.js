/** Starts the page: who one is and where one stands lives in the address, so that a link opens it directly. */

import { Chat } from "./chat.js";
import { Chooser } from "./chooser.js";
import { fill } from "./dom.js";
import { themeButton } from "./theme.js";
import { keepTicking } from "./times.js";
import { World } from "./world.js";

const theme = themeButton();
let chat = null;

function address() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

function choose() {
  chat?.end();
  chat = null;
  document.title = "Trellis sandbox";
  const chooser = new Chooser({
    world: new World(),
    onChoose: (id) => {
      location.hash = `as=${id}`;
    },
  });
  fill(document.body, chooser.node);
  chooser.load();
}

/** The hash is the one source: links, the back button and the page's own moves all come through here. */
function follow() {
  const { as, channel, message } = address();
  if (as && chat?.personId === as) chat.open(channel, message);
  else if (as) {
    chat?.end();
    chat = new Chat({
      personId: as,
      channelId: channel,
      messageId: message,
      theme,
      onLeave: () => {
        location.hash = "";
      },
    });
    fill(document.body, chat.node);
    chat.start();
  } else if (channel && chat) location.replace(`#as=${chat.personId}&channel=${channel}`);
  else choose();
}

addEventListener("hashchange", follow);
keepTicking();
follow();
