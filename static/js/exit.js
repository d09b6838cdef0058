// “Exit this page”: puts an everyday site in the place of the page, so that “back” does not return to it; also by
// pressing Escape three times within five seconds. Without this script there are plain links.
(function () {
  var links = document.querySelectorAll(".exit a"), hint = document.getElementById("exit-key"), pressed = [];
  if (!links.length) return;
  function leave(event, link) {
    event.preventDefault();
    document.documentElement.hidden = true;
    location.replace(link.href);
  }
  for (var i = 0; i < links.length; i++) {
    links[i].addEventListener("click", function (event) { leave(event, event.currentTarget); });
  }
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { pressed = []; return; }
    pressed = pressed.filter(function (time) { return event.timeStamp - time < 5000; });
    pressed.push(event.timeStamp);
    if (pressed.length > 2) leave(event, links[0]);
  });
  hint.hidden = false;
  links[0].setAttribute("aria-describedby", hint.id);
})();
