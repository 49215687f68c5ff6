const { frame } = require("../../frame.cjs");

exports.render = data => frame(data.title, `<p><time>${data.day}</time> ${data.source}</p>\n${data.content}`);
