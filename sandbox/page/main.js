/** Starts the page: who one is and where one stands lives in the address, so that a link opens it directly. */

import { Chat } from "./chat.js";
import { Chooser } from "./chooser.js";
import { el, fill } from "./dom.js";
import { themeButton } from "./theme.js";
import { keepTicking } from "./times.js";
import { Tour } from "./tour.js";
import { World } from "./world.js";

const theme = themeButton();
const tour = new Tour();
const stage = el("div", { class: "stage" });
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
    tour,
    onChoose: (id) => {
      location.hash = `as=${id}`;
    },
  });
  fill(stage, chooser.node);
  chooser.load();
}

/** The hash is the one source: links, the back button and the page's own moves all come through here. */
function follow() {
  const { as, channel, message } = address();
  tour.draw();
  if (as && chat?.personId === as) chat.open(channel, message);
  else if (as) {
    chat?.end();
    chat = new Chat({
      personId: as,
      channelId: channel,
      messageId: message,
      theme,
      tour,
      onLeave: () => {
        location.hash = "";
      },
    });
    fill(stage, chat.node);
    chat.start();
  } else if (channel && chat) location.replace(`#as=${chat.personId}&channel=${channel}`);
  else choose();
}

addEventListener("hashchange", follow);
keepTicking();
fill(document.body, tour.node, stage);
follow();
