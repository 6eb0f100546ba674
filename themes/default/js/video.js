/* video: watched when nine tenths of it have been played; captions that also show over file://. */
{
  const { page, progress, find, all } = lectern;

  function played({ played: ranges, duration }) {
    let seconds = 0;
    for (let i = 0; i < ranges.length; i++) seconds += ranges.end(i) - ranges.start(i);
    return seconds / duration;
  }

  for (const video of all('.video video')) {
    if (page.done === 'watched') {
      video.addEventListener('play', () => progress.reach('half'));
      video.addEventListener('timeupdate', () => { if (played(video) >= 0.9) progress.reach('done'); });
    }

    /* Over file:// a browser does not load the captions; their words stand in the page as well. */
    const data = find('.captions-data', video.parentElement);
    const track = data && find('track', video);
    if (track) {
      track.addEventListener('error', () => {
        const captions = video.addTextTrack('captions', track.label, track.srclang);
        for (const { from, to, text } of JSON.parse(data.textContent)) captions.addCue(new VTTCue(from, to, text));
        captions.mode = track.track.mode;
        track.track.mode = 'disabled';
      }, { once: true });
    }
  }
}
