#!/usr/bin/env bash
# Makes customer.mp4 and customer-poster.svg from the drawings in this folder.
# It needs ffmpeg and rsvg-convert; Debian: apt-get install ffmpeg librsvg2-bin
#
# Each scene is a stack of drawings, from back to front, every one as large as
# the picture.  Behind a drawing's name may stand ffmpeg's overlay options: a
# place that changes with the time t, or the times at which it is to be seen.
# Drawings are made twice as large as the film, so that slow movements are
# smooth; places and the camera are counted in these larger dots.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")"

rate=15
full="1708:960:0:0"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# drawing NAME: makes the picture of a drawing, once, and says where it is.
drawing() {
    local png="$work/$1.png"
    [ -e "$png" ] || rsvg-convert --width 1708 "$1.svg" --output "$png"
    echo "$png"
}

# scene SECONDS CAMERA LAYER...: adds a scene.  CAMERA is width:height:x:y.
count=0
scene() {
    local seconds=$1 camera=$2 inputs=() filter="" below="" number=0 layer name options file
    shift 2
    for layer in "$@"; do
        name=${layer%% *}
        options=""
        [ "$name" = "$layer" ] || options=${layer#* }
        inputs+=(-i "$(drawing "$name")")
        filter+="[$number:v]loop=-1:1,settb=1/$rate,setpts=N[drawing$number];"
        if [ "$number" -gt 0 ]; then
            filter+="[$below][drawing$number]overlay=${options:-0:0}[stack$number];"
            below="stack$number"
        else
            below="drawing0"
        fi
        number=$((number + 1))
    done
    filter+="[$below]crop=$camera,scale=854:480:flags=area,format=yuv420p[out]"
    count=$((count + 1))
    file=$(printf '%s/scene-%02d.mkv' "$work" "$count")
    ffmpeg -nostdin -loglevel error -y "${inputs[@]}" -filter_complex "$filter" -map '[out]' \
        -t "$seconds" -r "$rate" -c:v ffv1 "$file"
    echo "file '$file'" >> "$work/scenes"
}

from() { echo "enable='gte(t,$1)'"; }
until_() { echo "enable='lt(t,$1)'"; }
between() { echo "enable='gte(t,$1)*lt(t,$2)'"; }
# A mouth that moves from second $1 to second $2, and the face between the words.
speaking() { echo "enable='between(t,$1,$2)*lt(mod(t-$1,0.5),0.3)'"; }
nodding="y='6*abs(sin(t*2.2))'"

# 1. Rosa comes in.
scene 4.5 "$full" room sam sam-face-screen counter \
    "rosa x='-900+900*min(1,t/2.6)':y='-8*abs(sin(t*7))*lt(t,2.6)'" \
    "rosa-worried x='-900+900*min(1,t/2.6)':y='-8*abs(sin(t*7))*lt(t,2.6)'"

# 2. Her room is taken.
scene 5 "$full" room sam "sam-face-screen $(until_ 0.8)" "sam-face-listening $(from 0.8)" counter \
    rosa rosa-cross "rosa $(speaking 0.4 3.4)" "rosa-shouting $(speaking 0.4 3.4)" \
    "says-booked $(from 0.4)"

# 3. Sam asks the screen instead of Rosa.
scene 4.5 "$full" room sam sam-face-screen "sam $(speaking 0.8 2.8)" \
    "sam-face-screen-talking $(speaking 0.8 2.8)" counter rosa "rosa-cross $(until_ 2.6)" \
    "rosa-angry $(from 2.6)" "anger $(from 2.6)" "says-no-booking $(between 0.5 3.6)"

# 4. That sounds as if she were not believed.
scene 4 "1440:810:50:40" room sam sam-face-worried counter rosa rosa-angry \
    "rosa $(speaking 0.4 1.8)" "rosa-shouting $(speaking 0.4 1.8)" anger "says-made-it-up $(from 0.3)"

# 5. Sam takes a breath, and then the notepad.
scene 5 "1000:562:'640+16*t':'150+6*t'" room "sam $(until_ 3.2)" "sam-notes $(from 3.2)" \
    "sam-face-worried $(until_ 0.8)" "sam-face-eyes-closed $(between 0.8 1.6)" \
    "sam-face-breathing $(between 1.6 3.2)" "sam-face-listening $(from 3.2)" counter rosa rosa-cross

# 6. He asks for the story.
scene 4.5 "$full" room sam-notes sam-face-listening "sam-notes $(speaking 0.5 3)" \
    "sam-face-talking $(speaking 0.5 3)" counter rosa "rosa-cross $(until_ 3)" \
    "rosa-neutral $(from 3)" "says-sorry $(from 0.4)"

# 7. She tells it to the end, and he takes notes.
scene 6.5 "$full" room sam-notes "sam-face-notes $nodding" "note-1 $(from 1.8)" "note-2 $(from 3.4)" \
    "note-3 $(from 5)" counter rosa rosa-neutral "rosa $(speaking 0.3 6)" \
    "rosa-asking $(speaking 0.3 6)" tells "tells-1 $(from 0.5)" "tells-2 $(from 2.2)" "tells-3 $(from 4)"

# 8. He says what he has understood.
scene 6.5 "$full" room sam-notes note-1 note-2 note-3 sam-face-listening "sam-notes $(speaking 0.4 4.8)" \
    "note-1 $(speaking 0.4 4.8)" "note-2 $(speaking 0.4 4.8)" "note-3 $(speaking 0.4 4.8)" \
    "sam-face-talking $(speaking 0.4 4.8)" counter rosa "rosa-neutral $(until_ 5)" \
    "rosa-smiling $(from 5)" "says-is-that-right $(from 0.3)"

# 9. She has the message.
scene 4.5 "$full" room sam-notes note-1 note-2 note-3 sam-face-glad counter "rosa $(until_ 1.2)" \
    "rosa-phone $(from 1.2)" rosa-neutral "rosa-phone $(speaking 1.2 3.2)" "rosa-talking $(speaking 1.2 3.2)" \
    "says-message $(from 0.3)"

# 10. The message, close up.
scene 5 "1240:698:234:'10+22*t'" phone "phone-ring $(from 2.6)"

# 11. Two rooms of one number, and two ways out.
scene 7.5 "$full" room sam-notes note-1 note-2 note-3 sam-face-glad "sam-notes $(speaking 0.3 6.4)" \
    "note-1 $(speaking 0.3 6.4)" "note-2 $(speaking 0.3 6.4)" "note-3 $(speaking 0.3 6.4)" \
    "sam-face-talking $(speaking 0.3 6.4)" counter rosa "rosa-neutral $(until_ 3.4)" \
    "rosa-smiling $(from 3.4)" "says-two-rooms $(between 0.2 3.4)" "says-which $(from 3.6)"

# 12. She chooses; they thank each other.
scene 6 "$full" room sam-notes note-1 note-2 note-3 "sam-face-glad $(until_ 3)" \
    "sam-face-smiling $(from 3)" counter rosa rosa-smiling "rosa $(speaking 0.3 2.4)" \
    "rosa-talking $(speaking 0.3 2.4)" "rosa $(from 4)" "rosa-happy $(from 4)" \
    "says-six-please $(between 0.2 2.8)" "says-thank-you $(from 3)"

# 13. Later he looks in at Room 6.
scene 6 "$full" room-6 group "sam-visits x='260-260*min(1,max(0,t-0.4)/1.4)'" \
    "says-all-right $(from 2)"

# 14. And he writes down what caused it.
scene 5 "1500:843:90:50" book "book-1 $(from 0.6)" "book-2 $(from 1.5)" \
    "book-3 $(from 2.4)" "book-4 $(from 3.3)" \
    "pencil x='70+40*sin(t*5)*lt(t,4.1)+360*max(0,t-4.1)':y='92*min(3,max(0,(t-0.6)/0.9))/3-30'"

ffmpeg -nostdin -loglevel error -y -f concat -safe 0 -i "$work/scenes" -an -map_metadata -1 \
    -c:v libx264 -preset veryslow -tune animation -crf 33 -pix_fmt yuv420p -threads 1 -g 225 \
    -fflags +bitexact -flags:v +bitexact -movflags +faststart customer.mp4

# The picture that stands there before the film is started.
{
    echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 854 480" width="854" height="480" role="img">'
    echo '<title>Sam listens to Rosa at the help desk and takes notes</title>'
    for name in room sam-notes note-1 note-2 sam-face-listening counter rosa rosa-cross; do
        sed -e '/<svg /d' -e '/<\/svg>/d' -e '/<title>/d' "$name.svg"
    done
    echo '</svg>'
} > customer-poster.svg
