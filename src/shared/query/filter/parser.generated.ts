// Generated from filter.grammar by npm run generate.
import {LRParser} from "@lezer/lr"
import {words} from "./words.ts"
export const parser = LRParser.deserialize({
  version: 14,
  states: "'zQVQROOOOQP'#Ct'#CtOVQRO'#CgOVQRO'#ChOOQP'#DQ'#DQOkQRO'#CkOOQP'#Cs'#CsOOQP'#DP'#DPOOQP'#DO'#DOOvQRO'#C}OOQP'#C}'#C}O!WQRO'#C|OOQO'#C|'#C|QOQQOOOOQP-E6r-E6rOOQP,59R,59RO!cQQO,59SO!hQRO,59VO!vQQO,59VO!{QRO,59VOOQP'#Cw'#CwOVQRO'#CwO#QQRO,59QOVQRO'#CxO#bQRO,59POOQP1G.n1G.nO#mQRO'#CnOOQP1G.q1G.qO!vQQO1G.qOOQP,59c,59cOOQP-E6u-E6uOOQP,59d,59dOOQP-E6v-E6vO#mQRO'#CqOOQP'#DU'#DUOOQP'#DT'#DTO$OQRO'#DSOOQP'#DS'#DSO$mQRO'#DROOQO'#DR'#DRO$zQQO,59YOOQP7+$]7+$]OOQP,59],59]O#mQRO'#CuO%PQRO,59[OOQP'#Cv'#CvO#mQRO'#CvO%nQRO,59ZOOQP1G.t1G.tOOQP,59a,59aOOQP-E6s-E6sOOQP,59b,59bOOQP-E6t-E6t",
  stateData: "%{~OoOS~OPTOQSORSOUPO]ROaSO~OUcOVbO`aO~OSeOTqXmqX^qX~PVOTgOmpX^pX~O^iO~OQSORSO]jOaSO~O]jO~OVlO~OSeOTYamYa^Ya~PVOTgOmXa^Xa~OQSORSOUPO]jOaSO~OS{OQvXRvXTvXUvX]vX^vXavXfvX~OT!OOf!OO^uX~P#mO^!QO~OS{OQdaRdaTdaUda]da^daadafda~OT!OOf!OO^ca~P#mO",
  goto: "&OyPPPPPPPPPz!O!T!]PP!]PP!f!u!x#OP!]#V#j#p#v#|PPP$S$Y$a$m$x%^%a%k%tT[ORVYORg]WORXefg_VOQRXefgSkab[rjqv{!O!PRylRwjXujv!O!PZsjv{!O!P[QORXefgS^QqZqjv{!O!PQ|tR!S|Q!PvR!U!PQfXRnfQhZRphQ]OR`RSZORRogUXORgSdXfRme[WORXefgR_Q^UOQRXefgQka]rjqv{!O!PRxjQvjS}v!PR!T!OWtjv!O!PR!R{Ysjv{!O!PRzq",
  nodeNames: "⚠ FieldName Value Regex AndWord OrWord NotWord InWord Filter Or And Not Group ( ) Test Operator String ValueGroup ValueOr ValueAnd ValueNot , Bare",
  maxTerm: 40,
  skippedNodes: [0],
  repeatNodeCount: 5,
  tokenData: "'Y~RdX^!apq!aqr#Urs#awx$}xy&fyz&k|}&p![!]&u!^!_'Q!_!`'Q!`!a'Q#y#z!a$f$g!a#BY#BZ!a$IS$I_!a$I|$JO!a$JT$JU!a$KV$KW!a&FU&FV!a~!fYo~X^!apq!a#y#z!a$f$g!a#BY#BZ!a$IS$I_!a$I|$JO!a$JT$JU!a$KV$KW!a&FU&FV!a~#XP!_!`#[~#aO`~~#dVOr#ars#ys#O#a#O#P$O#P;'S#a;'S;=`$w<%lO#a~$OOa~~$RRO;'S#a;'S;=`$[;=`O#a~$_WOr#ars#ys#O#a#O#P$O#P;'S#a;'S;=`$w;=`<%l#a<%lO#a~$zP;=`<%l#a~%QVOw$}wx#yx#O$}#O#P%g#P;'S$};'S;=`&`<%lO$}~%jRO;'S$};'S;=`%s;=`O$}~%vWOw$}wx#yx#O$}#O#P%g#P;'S$};'S;=`&`;=`<%l$}<%lO$}~&cP;=`<%l$}~&kO]~~&pO^~~&uOf~~&zQ`~!^!_'Q!`!a'Q~'VP`~!_!`#[",
  tokenizers: [words, 0],
  topRules: {"Filter":[0,8]},
  tokenPrec: 0
})
