return { css = "mine.css", functions = { word = function() end } }
