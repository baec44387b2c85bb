import "./clock.js";
import "./menus.js";
import "./toasts.js";
