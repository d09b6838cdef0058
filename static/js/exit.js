// “Exit this page”: puts an everyday site in the place of the page, so that “back” does not return to it; also by
// pressing Escape three times within five seconds. Without this script it is a plain link.
(function () {
  var link = document.querySelector(".exit a");
  if (!link) return;
  var pressed = [];
  function leave(event) {
    event.preventDefault();
    document.documentElement.hidden = true;
    location.replace(link.href);
  }
  link.addEventListener("click", leave);
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { pressed = []; return; }
    pressed = pressed.filter(function (time) { return event.timeStamp - time < 5000; });
    pressed.push(event.timeStamp);
    if (pressed.length > 2) leave(event);
  });
})();
